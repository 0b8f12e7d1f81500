package io.decnet.webhook.security;

import java.util.regex.Pattern;

/** Where a login leads: back to where the browser was sent from, but never out of this application. */
final class Landing {
    private static final Pattern OWN_PAGE = Pattern.compile("/([A-Za-z0-9_-]+\\.xhtml)?(\\?[A-Za-z0-9_.~%&=+-]*)?");
    private static final String HOME = "/";

    private Landing() {}

    static String of(String wanted) {
        return OWN_PAGE.matcher(wanted).matches() && !wanted.startsWith(Door.LOGIN_PAGE) ? wanted : HOME;
    }
}
