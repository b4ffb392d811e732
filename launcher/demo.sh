# The demo's ground: makes sure of QEMU, libvirt and the test image, brings up a libvirt of its own in a box, runs the
# demo on it and takes the box down again, also when interrupted. Sourced by the launcher.

demo() {
    local argument simulated= yes=
    for argument in "$@"; do
        case $argument in
            --simulated) simulated=yes ;;
            --yes | -y) yes=--yes ;;
            --help | -h) run_cli demo "$@" ;;
        esac
    done
    [ -z "$simulated" ] || run_cli demo "$@"

    local image=$HANSA_HOME/target/tiny.qcow2 as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "the demo starts a libvirt of its own and needs root for that; run it as root, or ./hansa demo --simulated"
        as_root=(sudo)
    fi
    "${as_root[@]}" "$HANSA_HOME/peers/install" demo $yes || die "QEMU or libvirt is missing; ./hansa demo --simulated shows the same steps without them"
    if [ ! -e "$image" ]; then
        say "building the tiny test image (about 15 s, a download of 27 MB) ..."
        "$HANSA_HOME/peers/tiny-image" "$image" >&2 || die "the test image could not be built; try peers/tiny-image $image"
    fi

    local verdict
    verdict=$("$HANSA_HOME/peers/kvm-probe" "$image") || verdict="tcg: the probe failed"
    say "accelerator ${verdict}"
    export HANSA_ACCELERATOR=${verdict%%:*} HANSA_TINY_IMAGE=$image

    # A box of its own, so that a running demo never meets the tests' libvirt.
    export HANSA_PEERS_DIR
    HANSA_PEERS_DIR=$(mktemp -d "${TMPDIR:-/tmp}/hansa-demo.XXXXXX")
    local child= status=0
    # shellcheck disable=SC2064  # the folder of now, whatever happens to the variable
    trap "${as_root[*]} env HANSA_PEERS_DIR=$HANSA_PEERS_DIR '$HANSA_HOME/peers/libvirt' down || true; rm -rf '$HANSA_PEERS_DIR'" EXIT
    local lines
    lines=$("${as_root[@]}" env HANSA_PEERS_DIR="$HANSA_PEERS_DIR" "$HANSA_HOME/peers/libvirt" up) || die "libvirt does not start; the line above says why"
    while IFS='=' read -r name value; do
        eval "export $name=$value"
    done <<<"$lines"

    # The command cleans up after itself when it is asked to stop; this shell waits for it.
    trap '[ -z "$child" ] || kill -TERM "$child" 2>/dev/null' INT TERM HUP
    "$JAVA" "$(aot cli)" "${cli_options[@]}" -cp "$cli_path" hansa.cli.Main demo "$@" &
    child=$!
    wait "$child" || status=$?
    while kill -0 "$child" 2>/dev/null; do
        wait "$child" || status=$?
    done
    exit "$status"
}
