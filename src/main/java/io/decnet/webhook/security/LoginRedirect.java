package io.decnet.webhook.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Sends a browser to the login page, in the way that the kind of its request understands. */
final class LoginRedirect {
    private static final String PARTIAL =
            "<?xml version='1.0' encoding='UTF-8'?><partial-response><redirect url=\"%s\"/></partial-response>";

    private LoginRedirect() {}

    static void send(HttpServletRequest request, HttpServletResponse response) {
        var login = request.getContextPath() + Door.LOGIN_PAGE;
        SecurityHeaders.set(response, SecurityHeaders.NOTHING);
        try {
            if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
                response.setContentType("text/xml;charset=UTF-8");
                response.getOutputStream().write(PARTIAL.formatted(login).getBytes(StandardCharsets.UTF_8));
                response.flushBuffer();
            } else if (request.getHeader("Upgrade") == null && "GET".equals(request.getMethod())) {
                response.sendRedirect(login + "?to=" + URLEncoder.encode(target(request), StandardCharsets.UTF_8));
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(HttpServletRequest request) {
        var query = request.getQueryString();
        return request.getRequestURI().substring(request.getContextPath().length())
                + (query == null ? "" : "?" + query);
    }
}
