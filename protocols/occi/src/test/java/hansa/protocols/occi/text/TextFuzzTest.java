package hansa.protocols.occi.text;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import hansa.protocols.occi.HeaderField;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciSyntaxException;
import java.util.List;

/** Whatever comes in, a reader answers with a message or with a complaint of one line. Runs its seeds unless JAZZER_FUZZ=1. */
class TextFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void textPlain(byte[] body) {
        oneLine(() -> new TextPlainReader(Limits.standard()).read(body));
    }

    @FuzzTest(maxDuration = "20s")
    void textOcci(FuzzedDataProvider data) {
        List<HeaderField> headers = List.of(
                new HeaderField("Category", data.consumeString(2000)),
                new HeaderField("Link", data.consumeString(2000)),
                new HeaderField("X-OCCI-Location", data.consumeString(2000)),
                new HeaderField("X-OCCI-Attribute", data.consumeRemainingAsString()));
        oneLine(() -> new TextOcciReader(Limits.standard()).read(headers));
    }

    @FuzzTest(maxDuration = "20s")
    void uriList(byte[] body) {
        oneLine(() -> new UriListReader(Limits.standard()).read(body));
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws OcciSyntaxException;
    }

    private static void oneLine(Reading reading) {
        try {
            reading.run();
        } catch (OcciSyntaxException e) {
            if (e.getMessage() == null
                    || e.getMessage().isEmpty()
                    || e.getMessage().indexOf('\n') >= 0) {
                throw new AssertionError("Not one line: " + e.getMessage(), e);
            }
        }
    }
}
