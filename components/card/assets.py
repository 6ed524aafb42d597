"""What the browser needs to draw cards: our module and stylesheet, and plotly.js out of the installed package.

Streamlit would send the code of a component with every change of it. So a component is a few lines that import the
module by its address, and a click carries data alone. Addresses hold a checksum: a browser fetches each file once, and
a new version at once.
"""

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_HERE: Final = Path(__file__).parent
FILES: Final = {
    "card.js": _HERE / "card.js",
    "card.css": _HERE / "card.css",
    "plotly.js": Path(plotly.__file__).parent / "package_data" / "plotly.min.js",
}
_KINDS: Final = {".js": "text/javascript", ".css": "text/css"}
_A_YEAR: Final = "public, max-age=31536000, immutable"


@cache
def _checksum(name: str) -> str:
    return sha256(FILES[name].read_bytes()).hexdigest()[:12]


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(FILES[name].read_bytes(), mtime=0)


def address(name: str) -> str:
    """Where the app serves a file of `FILES`, from the app's own root: "assets/0f1e2d3c4b5a/card.js"."""
    return f"assets/{_checksum(name)}/{name}"


def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return Response("Not found", status_code=404)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    content = _packed(name) if packed else FILES[name].read_bytes()
    headers = {"Cache-Control": _A_YEAR, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    headers |= {"Content-Encoding": "gzip"} if packed else {}
    return Response(content, media_type=_KINDS[FILES[name].suffix], headers=headers)


ROUTES: Final = (Route("/assets/{checksum}/{name}", _serve),)
"""The app's own routes."""

SHIM: Final = f"""
const root = new URL("../../", document.querySelector('script[src*="static/js/"]').src);
const at = (address) => new URL(address, root).href;
const turns = new WeakMap();
export default async function (component) {{
  const {{ data: packed, parentElement }} = component;
  const turn = (turns.get(parentElement) ?? 0) + 1;
  turns.set(parentElement, turn);
  parentElement.setAttribute("aria-busy", "true");
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = await new Response(plain).json();
  const module = await import(at("{address("card.js")}")).catch(() => undefined);
  if (turns.get(parentElement) !== turn) return;  // newer numbers came meanwhile
  parentElement.removeAttribute("aria-busy");
  if (module) {{
    const files = {{ css: at("{address("card.css")}"), plotly: at("{address("plotly.js")}"), root }};
    return module.default({{ ...component, data }}, files);
  }}
  const {{ question, answer, headline, what, columns = [], rows = [] }} = data;
  const lines = [question, answer, headline, what, ...[columns, ...rows].map((row) => row.join(" · "))];
  const said = lines.filter(Boolean).map((text) => Object.assign(document.createElement("p"), {{ textContent: text }}));
  parentElement.replaceChildren(...said);
}}
"""
"""What Streamlit sends with each card: it unpacks the payload and hands it to the module; where that cannot be had, the
words and the table stand."""
