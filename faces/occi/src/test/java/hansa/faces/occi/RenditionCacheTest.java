package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.faces.occi.RenditionCache.Subject;
import org.junit.jupiter.api.Test;

class RenditionCacheTest {

    private static Subject subject(String id) {
        return new Subject("compute", id, Form.JSON, "/occi");
    }

    @Test
    void aRenditionIsFoundUnderItsGenerationOnly() {
        RenditionCache<String> cache = new RenditionCache<>(100_000);
        cache.put(subject("a"), 1, "first", 5);
        assertThat(cache.find(subject("a"), 1)).contains("first");
        assertThat(cache.find(subject("a"), 2)).isEmpty();
        cache.put(subject("a"), 2, "second", 6);
        assertThat(cache.find(subject("a"), 1)).isEmpty();
        assertThat(cache.find(subject("a"), 2)).contains("second");
    }

    @Test
    void mountsAndFormsAreKeptApart() {
        RenditionCache<String> cache = new RenditionCache<>(100_000);
        cache.put(subject("a"), 1, "json", 4);
        assertThat(cache.find(new Subject("compute", "a", Form.LINES, "/occi"), 1))
                .isEmpty();
        assertThat(cache.find(new Subject("compute", "a", Form.JSON, ""), 1)).isEmpty();
        assertThat(cache.find(new Subject("storage", "a", Form.JSON, "/occi"), 1))
                .isEmpty();
    }

    @Test
    void itNeverWeighsMoreThanItsLimit() {
        RenditionCache<String> cache = new RenditionCache<>(100_000);
        for (int i = 0; i < 10_000; i++) {
            cache.put(subject("vm" + i), 1, "x", 1_000);
            assertThat(cache.weight()).isLessThanOrEqualTo(100_000 + 2 * 1_256);
        }
    }

    @Test
    void whatIsAskedForAgainAndAgainIsKept() {
        RenditionCache<String> cache = new RenditionCache<>(100_000);
        cache.put(subject("asked"), 1, "kept", 1_000);
        for (int i = 0; i < 10_000; i++) {
            cache.put(subject("vm" + i), 1, "x", 1_000);
            assertThat(cache.find(subject("asked"), 1)).contains("kept");
        }
        assertThat(cache.find(subject("vm0"), 1)).isEmpty();
    }

    @Test
    void whatIsLargerThanHalfOfItIsNotKept() {
        RenditionCache<String> cache = new RenditionCache<>(1_600);
        cache.put(subject("a"), 1, "large", 600);
        assertThat(cache.find(subject("a"), 1)).isEmpty();
    }

    @Test
    void oneWithoutRoomKeepsNothing() {
        RenditionCache<String> cache = new RenditionCache<>(0);
        cache.put(subject("a"), 1, "x", 1);
        assertThat(cache.find(subject("a"), 1)).isEmpty();
        assertThat(cache.weight()).isZero();
    }
}
