"""The client's own screen: a program apart that knows one form and nothing else of the clinic."""
