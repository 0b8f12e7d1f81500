package io.decnet.webhook.security;

import java.util.List;

/**
 * How one gets in at a path: closed is the rule, open the exception that is listed here.
 */
enum Door {
    /** Nobody is asked for a name. */
    OPEN,
    /** HTTP Basic on each call; a session cookie means nothing, so no foreign page can ride on one. */
    BASIC,
    /** A session that began at the login page. */
    SESSION;

    static final String LOGIN_PAGE = "/login.xhtml";
    private static final List<String> OPEN_PATHS =
            List.of(LOGIN_PAGE, "/login", "/favicon.ico", "/favicon.svg", "/robots.txt");
    private static final List<String> OPEN_TREES = List.of("/health", "/openapi", "/jakarta.faces.resource");

    // The path is decoded and below the context, as the container has matched it.
    static Door at(String path, boolean metricsPublic) {
        if (isIn(path, "/api")) {
            return BASIC;
        }
        if (isIn(path, "/metrics")) {
            return metricsPublic ? OPEN : BASIC;
        }
        var open = OPEN_PATHS.contains(path) || OPEN_TREES.stream().anyMatch(tree -> isIn(path, tree));
        return open ? OPEN : SESSION;
    }

    private static boolean isIn(String path, String tree) {
        return path.equals(tree) || path.startsWith(tree + "/");
    }
}
