package io.decnet.webhook.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The API under its base path. */
@ApplicationPath("/api/v1")
public class Api extends Application {}
