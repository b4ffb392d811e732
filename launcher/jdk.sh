# Finds a JDK 25 without starting one: JAVA_HOME, else the usual places. Sets JAVA and JAVA_HOME.

is_jdk25() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

find_jdk() {
    local home
    if [ -n "${JAVA_HOME:-}" ] && is_jdk25 "$JAVA_HOME"; then
        JAVA=$JAVA_HOME/bin/java
        return 0
    fi
    for home in /usr/lib/jvm/*25* /opt/*jdk*25* /opt/java/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
        if is_jdk25 "$home"; then
            export JAVA_HOME=$home
            JAVA=$home/bin/java
            return 0
        fi
    done
    home=$(command -v javac || true)
    if [ -n "$home" ]; then
        home=$(readlink -f "$home")
        home=${home%/bin/javac}
        if is_jdk25 "$home"; then
            export JAVA_HOME=$home
            JAVA=$home/bin/java
            return 0
        fi
    fi
    return 1
}

no_jdk() {
    printf '%s' "Hansa needs a JDK 25 and found none (looked at JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks and PATH). \
Install one, for example Eclipse Temurin 25 (package temurin-25-jdk) or 'sdk install java 25-tem', or set JAVA_HOME to it."
}
