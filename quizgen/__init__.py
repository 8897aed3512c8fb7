"""Turn what a person reads and listens to into cards worth keeping."""

__version__ = "0.1.0"
