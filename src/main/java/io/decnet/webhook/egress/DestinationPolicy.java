package io.decnet.webhook.egress;

import io.decnet.webhook.config.Settings;
import io.decnet.webhook.reason.Reason;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where webhooks may go: http and https URLs of a strict grammar, to public addresses. {@code allow-private} opens
 * loopback, private networks and local names, {@code allowed-cidrs} what it lists; the metadata services of clouds
 * stay closed. One bad address among those of a name refuses all of them.
 */
@ApplicationScoped
public class DestinationPolicy {
    private static final int MAX_URL = 2048;
    private static final int MAX_PORT = 65535;
    private static final int MAX_HOST = 254;
    private static final Pattern FORBIDDEN_CHARACTER = Pattern.compile("[\\\\\\s\\p{Cntrl}]|[^\\x21-\\x7e]");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern NUMERIC_LAST_LABEL = Pattern.compile("(.*\\.)?(0[xX][0-9a-fA-F]*|[0-9]+)\\.?");
    private static final Pattern NAME =
            Pattern.compile("[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,62})(\\.[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62})*\\.?");
    private static final List<String> METADATA_NAMES = List.of(
            "metadata",
            "metadata.google.internal",
            "metadata.goog",
            "metadata.azure.internal",
            "metadata.azure.com",
            "metadata.tencentyun.com",
            "api.metadata.cloud.ibm.com",
            "metadata.packet.net",
            "metadata.platformequinix.com",
            "instance-data",
            "instance-data.ec2.internal");

    /** A final dot belongs to the name as the resolver sees it, not to the name of a server in Host, SNI and certificates. */
    private static final Pattern FINAL_DOT = Pattern.compile("^([A-Za-z]+://[^/?#:]*)\\.(?=[:/?#]|$)");

    @Inject
    Settings settings;

    @Inject
    LookUps lookUps;

    private List<Cidr> allowed = List.of();

    /** What the policy says of a URL. */
    public sealed interface Verdict {
        /** @param warnings each starts with a code: {@code insecure_url}, {@code unresolved_host} */
        record Allowed(URI url, List<String> warnings) implements Verdict {}

        /**
         * @param reason for the operator
         * @param local whether {@code allow-private} would open it
         */
        record Refused(Reason reason, boolean local) implements Verdict {}
    }

    @PostConstruct
    void readNetworks() {
        allowed = settings.allowedCidrs().stream().map(Cidr::of).toList();
    }

    /** Checks grammar and name, then looks the name up and checks its addresses; blocks for the look-up. */
    public Verdict check(String url) {
        Optional<Reason> problem = grammar(url);
        if (problem.isPresent()) {
            return new Verdict.Refused(problem.get(), problem.get().code() == WrongUrl.LOCAL_NAME);
        }
        URI uri = URI.create(url);
        String host = host(uri);
        List<String> warnings = new ArrayList<>();
        if (uri.getScheme().equalsIgnoreCase("http")) {
            warnings.add("insecure_url: events go over the network unencrypted");
        }
        try {
            requireAllowed(host, lookUps.find(host));
        } catch (ForbiddenDestination e) {
            return new Verdict.Refused(e.reason(), e.isLocal());
        } catch (UnknownHostException e) {
            warnings.add("unresolved_host: " + host + " does not resolve now");
        }
        return new Verdict.Allowed(uri, warnings);
    }

    /** What is wrong with a URL as text; no name is looked up. */
    Optional<Reason> grammar(String url) {
        if (url.length() > MAX_URL) {
            return Optional.of(WrongUrl.TOO_LONG.because(MAX_URL));
        }
        if (FORBIDDEN_CHARACTER.matcher(url).find()) {
            return Optional.of(WrongUrl.CHARACTER.because());
        }
        URI uri;
        try {
            uri = new URI(url).parseServerAuthority();
        } catch (URISyntaxException e) {
            return Optional.of(WrongUrl.SYNTAX.because(e.getReason()));
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            return Optional.of(WrongUrl.SCHEME.because());
        }
        if (uri.getHost() == null || uri.getRawAuthority() == null) {
            return Optional.of(WrongUrl.NO_HOST.because());
        }
        if (uri.getRawUserInfo() != null || uri.getRawAuthority().contains("@")) {
            return Optional.of(WrongUrl.USER_INFO.because());
        }
        if (uri.getRawFragment() != null) {
            return Optional.of(WrongUrl.FRAGMENT.because());
        }
        if (uri.getRawAuthority().endsWith(":") || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            return Optional.of(WrongUrl.PORT.because(MAX_PORT));
        }
        return hostProblem(host(uri), uri.getHost().startsWith("["));
    }

    static String withoutFinalDot(String url) {
        return FINAL_DOT.matcher(url).replaceFirst("$1");
    }

    private Optional<Reason> hostProblem(String host, boolean bracketed) {
        if (bracketed) {
            return host.contains("%") ? Optional.of(WrongUrl.SCOPE.because()) : Optional.empty();
        }
        if (NUMERIC_LAST_LABEL.matcher(host).matches()) {
            return IPV4.matcher(host).matches() ? Optional.empty() : Optional.of(WrongUrl.NOT_CANONICAL.because(host));
        }
        if (host.length() > MAX_HOST || !NAME.matcher(host).matches()) {
            return Optional.of(WrongUrl.HOST.because());
        }
        String name = host.toLowerCase(Locale.ROOT);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (METADATA_NAMES.contains(bare)) {
            return Optional.of(WrongUrl.METADATA.because(bare));
        }
        boolean local = bare.equals("localhost") || bare.endsWith(".localhost") || bare.endsWith(".internal");
        return local && !settings.allowPrivate() ? Optional.of(WrongUrl.LOCAL_NAME.because(bare)) : Optional.empty();
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    void requireAllowed(String host, InetAddress[] addresses) throws ForbiddenDestination {
        for (InetAddress address : addresses) {
            require(host, address);
            for (InetAddress embedded : ReservedNetworks.embedded(address)) {
                require(host, embedded);
            }
        }
    }

    private void require(String host, InetAddress address) throws ForbiddenDestination {
        String shown = address.getHostAddress();
        if (ReservedNetworks.isMetadata(address)) {
            throw new ForbiddenDestination(WrongUrl.METADATA.because(shown), false);
        }
        Optional<Reserved> kind = ReservedNetworks.kind(address);
        if (kind.isEmpty() || allowed.stream().anyMatch(net -> net.contains(address))) {
            return;
        }
        boolean local = kind.get().isLocal();
        if (!(settings.allowPrivate() && local)) {
            throw new ForbiddenDestination(
                    shown.equals(host)
                            ? WrongUrl.RESERVED.because(shown, kind.get())
                            : WrongUrl.RESOLVES_TO_RESERVED.because(host, shown, kind.get()),
                    local);
        }
    }
}
