package io.decnet.webhook.faults;

import io.decnet.webhook.testing.ScriptedReceiver;
import java.util.Locale;

/** A part of the system, how it is broken and how it comes back. */
enum Part {
    DATABASE {
        @Override
        void breaks(Site site, Witness witness) {
            site.postgres().kill();
        }

        @Override
        void mends(Site site, Witness witness) {
            site.postgres().start();
        }
    },
    BROKER {
        @Override
        void breaks(Site site, Witness witness) {
            site.broker().kill();
        }

        @Override
        void mends(Site site, Witness witness) {
            site.broker().start();
        }
    },
    NODE {
        @Override
        void breaks(Site site, Witness witness) {
            site.node().kill();
        }

        @Override
        void mends(Site site, Witness witness) {
            site.node().restart();
        }
    },
    /** Tears down the connections it has and each new one. */
    RECEIVER {
        @Override
        void breaks(Site site, Witness witness) {
            witness.script(ScriptedReceiver.resetAfter(""));
            witness.hangUp();
        }

        @Override
        void mends(Site site, Witness witness) {
            witness.script(Witness.accepting(ScriptedReceiver.ok()));
        }
    };

    abstract void breaks(Site site, Witness witness);

    abstract void mends(Site site, Witness witness);

    String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
