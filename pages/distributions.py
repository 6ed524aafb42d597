"""How are scores spread among people?"""

from components.figures import PAGES
from components.frame import enter
from components.page import head
from components.show import show_one

frame = enter()
head("How are scores spread among people?", frame)
show_one("distributions", PAGES["distributions"], frame)
