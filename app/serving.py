"""The application as the server imports it, with settings from the environment."""

from app.main import create_app
from app.settings import read_settings

app = create_app(read_settings())
