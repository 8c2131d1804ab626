"""trtc-tui: watch and step through the lifecycle of Tencent RTC cloud tasks."""

__version__ = "0.1.0"
