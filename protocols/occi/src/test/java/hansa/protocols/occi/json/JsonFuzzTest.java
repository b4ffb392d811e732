package hansa.protocols.occi.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciSyntaxException;

/** Whatever comes in, the reader answers with a message or with a complaint of one line. Runs its seeds unless JAZZER_FUZZ=1. */
class JsonFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void json(byte[] body) {
        try {
            new OcciJsonReader(Limits.standard()).read(body);
        } catch (OcciSyntaxException e) {
            if (e.getMessage() == null
                    || e.getMessage().isEmpty()
                    || e.getMessage().indexOf('\n') >= 0) {
                throw new AssertionError("Not one line: " + e.getMessage(), e);
            }
        }
    }
}
