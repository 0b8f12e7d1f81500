package io.decnet.webhook.delivery;

import io.decnet.webhook.container.Archives;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class CountingH2IT extends CountingChecks {
    @Deployment
    @TargetsContainer("h2")
    public static WebArchive archive() {
        return Archives.applicationWith(CountingChecks.class);
    }
}
