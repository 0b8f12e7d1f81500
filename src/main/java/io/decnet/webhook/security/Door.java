package io.decnet.webhook.security;

import java.util.List;

/**
 * How one gets in at a path: closed is the rule, open the exception that is listed here.
 */
enum Door {
    /** Nobody is asked for a name. */
    OPEN,
    /** HTTP Basic or a bearer token on each call; a session cookie means nothing, so no foreign page can ride on one. */
    API,
    /** A session that began at the login page. */
    SESSION;

    static final String LOGIN_PAGE = "/login.xhtml";
    static final String LOGIN = "/login";
    private static final List<String> OPEN_PATHS =
            List.of(LOGIN_PAGE, LOGIN, "/favicon.ico", "/favicon.svg", "/robots.txt");
    private static final List<String> OPEN_TREES = List.of("/health", "/openapi", "/jakarta.faces.resource");

    private static final List<String> ADMIN_TREES = List.of("/api/v1/accounts", "/api/v1/tokens", "/api/v1/audit");
    private static final List<String> ADMIN_PAGES = List.of("/account", "/token", "/audit", "/check");

    /** Whether what is there may not even be read by viewers. */
    static boolean isForAdmins(String path) {
        return ADMIN_TREES.stream().anyMatch(tree -> isIn(path, tree))
                || ADMIN_PAGES.stream().anyMatch(path::startsWith);
    }

    // The path is decoded and below the context, as the container has matched it.
    static Door at(String path, boolean metricsPublic) {
        if (isIn(path, "/api")) {
            return API;
        }
        if (isIn(path, "/metrics")) {
            return metricsPublic ? OPEN : API;
        }
        var open = OPEN_PATHS.contains(path) || OPEN_TREES.stream().anyMatch(tree -> isIn(path, tree));
        return open ? OPEN : SESSION;
    }

    private static boolean isIn(String path, String tree) {
        return path.equals(tree) || path.startsWith(tree + "/");
    }
}
