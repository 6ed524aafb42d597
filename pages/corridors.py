"""How do return corridors compare?"""

from components.figure import Asked
from components.figures import PAGES
from components.frame import enter
from components.page import head
from components.show import show_all

frame = enter()
head("How do return corridors compare?", frame)
show_all(PAGES["corridors"], Asked(frame))
