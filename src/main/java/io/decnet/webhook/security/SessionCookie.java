package io.decnet.webhook.security;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.annotation.WebListener;
import java.util.Set;

/**
 * How the session travels: in a cookie that scripts cannot read and other sites cannot make a browser send along with a change, never in an
 * address; the second stands in {@code payara-web.xml}, the one place this server heeds. It has a name of its own, because cookies of one host are
 * shared by all its ports.
 */
@WebListener
public class SessionCookie implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        var cookie = context.getSessionCookieConfig();
        cookie.setName("DECNET_WEBHOOK_SESSION");
        cookie.setHttpOnly(true);
    }
}
