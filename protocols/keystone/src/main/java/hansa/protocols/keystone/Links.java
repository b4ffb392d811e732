package hansa.protocols.keystone;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/** Where a list of v3 is; it has one page, so that the other two are null. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Links(String self, Optional<String> previous, Optional<String> next) {

    public Links(String self) {
        this(self, Optional.empty(), Optional.empty());
    }
}
