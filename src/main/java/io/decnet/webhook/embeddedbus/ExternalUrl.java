package io.decnet.webhook.embeddedbus;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns a broker's URL into the parameters of Artemis's connector: {@code ssl://} switches TLS on, the query is passed on. */
final class ExternalUrl {
    private static final Pattern PARAMETER = Pattern.compile("([^=&;]+)=([^&;]*)");

    private ExternalUrl() {}

    static Map<String, String> parameters(URI url) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("host", url.getHost());
        parameters.put("port", Integer.toString(url.getPort()));
        if ("ssl".equals(url.getScheme())) {
            parameters.put("sslEnabled", "true");
            parameters.put("verifyHost", "true");
        }
        var query = Optional.ofNullable(url.getQuery()).orElse("");
        PARAMETER.matcher(query).results().forEach(found -> parameters.put(found.group(1), found.group(2)));
        return parameters;
    }
}
