package io.decnet.webhook.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Looks names up for the HTTP client and checks every address, so that what was checked is what is connected to. */
record PinningResolver(DestinationPolicy policy, LookUps lookUps) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookUps.find(host);
        policy.requireAllowed(host, addresses);
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
