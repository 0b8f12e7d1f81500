package io.decnet.webhook.container;

import io.decnet.webhook.security.RunnerDoor;
import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is deployed: the packaged application, with the test in it. */
public final class Archives {
    private Archives() {}

    public static WebArchive applicationWith(Class<?>... classes) {
        return ShrinkWrap.create(ZipImporter.class, "decnet-webhook.war")
                .importFrom(new File("target/decnet-webhook.war"))
                .as(WebArchive.class)
                .addClasses(classes)
                .addClass(RunnerDoor.class)
                .addAsLibrary(jar(Assertions.class))
                .addAsLibrary(jar(net.bytebuddy.ByteBuddy.class));
    }

    private static File jar(Class<?> member) {
        try {
            return new File(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
