"""How many returns are recorded, and from where to where?"""

from components import citations
from components.figure import Asked
from components.figures import PAGES
from components.frame import enter
from components.page import head
from components.show import show_all

frame = enter()
head("How many returns are recorded, and from where to where?", frame, recorded=True)
show_all(PAGES["returns"], Asked(frame))
citations.cited_returns()
