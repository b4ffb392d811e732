package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.kernel.http.Request;
import hansa.protocols.occi.MediaType;

/** A request that was let in, with the rendering of its answer. */
record Exchange(Request request, Caller caller, MediaType media) {

    /** The URL of a path below the mount, as the client addressed this server. */
    String absolute(String path) {
        return request.origin() + request.mount() + path;
    }

    String mount() {
        return request.mount();
    }

    /** The path below the mount that a reference of the client means: absolute or not, with the mount or without. */
    String local(String reference) {
        return Paths.local(reference, request.mount());
    }
}
