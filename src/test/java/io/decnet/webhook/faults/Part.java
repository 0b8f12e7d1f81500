package io.decnet.webhook.faults;

import static org.awaitility.Awaitility.await;

import io.decnet.webhook.system.Program;
import io.decnet.webhook.testing.ScriptedReceiver;
import java.util.List;
import java.util.Locale;

/** A part of the system, how it is broken and how it comes back. */
enum Part {
    DATABASE {
        @Override
        void breaks(Site site, Witness witness) {
            site.postgres().kill();
        }

        @Override
        void mends(Site site, Load load, Witness witness) {
            site.postgres().start();
        }
    },
    BROKER {
        @Override
        void breaks(Site site, Witness witness) {
            site.broker().kill();
        }

        @Override
        void mends(Site site, Load load, Witness witness) {
            site.broker().start();
        }
    },
    /** One of them; the others take over all it had before it comes back. */
    NODE {
        @Override
        void breaks(Site site, Witness witness) {
            site.node().kill();
        }

        @Override
        void mends(Site site, Load load, Witness witness) {
            load.allArriveAt(List.of(witness));
            site.node().restart();
        }
    },
    /** Tears down the connections it has and each new one, until a request has met that. */
    RECEIVER {
        @Override
        void breaks(Site site, Witness witness) {
            witness.script(ScriptedReceiver.resetAfter(""));
            witness.hangUp();
        }

        @Override
        void mends(Site site, Load load, Witness witness) {
            await().atMost(Program.PATIENCE).until(() -> witness.begun() > witness.distinct());
            witness.script(Witness.accepting(ScriptedReceiver.ok()));
        }
    };

    abstract void breaks(Site site, Witness witness);

    abstract void mends(Site site, Load load, Witness witness);

    String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
