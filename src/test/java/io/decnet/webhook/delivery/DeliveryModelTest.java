package io.decnet.webhook.delivery;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Anything may happen on two nodes in any order, and still: no delivery is lost, each counts once, none starts later than a second after a trip,
 * and every unfinished one has a wake-up.
 */
class DeliveryModelTest {
    @Property
    void nothingIsLostAndNothingCountsTwice(@ForAll("stories") List<ModelWorld.Happening> story) {
        new ModelWorld(new ModelTable(), ModelNode::new).live(story);
    }

    @Provide
    Arbitrary<List<ModelWorld.Happening>> stories() {
        return ModelWorld.stories();
    }
}
