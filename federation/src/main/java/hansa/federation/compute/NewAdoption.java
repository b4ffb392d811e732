package hansa.federation.compute;

import hansa.cloud.RemoteId;
import java.util.Optional;

/**
 * The wish to take over a machine that Hansa did not make.
 *
 * @param machine the cloud's own id
 * @param owner the id of a caller, who has it from then on; empty = who asks
 * @param vo the virtual organisation in whose name it is
 * @param title empty = the name that it has at the cloud
 */
public record NewAdoption(RemoteId machine, Optional<String> owner, Optional<String> vo, Optional<String> title) {

    public NewAdoption {
        owner.ifPresent(id -> {
            if (id.isBlank()) {
                throw Input.invalid("An owner is the id of a caller; leave it out for yourself.");
            }
            Input.text("owner", id, Input.TITLE, false);
        });
        Input.organisation(vo);
        title.ifPresent(Input::title);
    }
}
