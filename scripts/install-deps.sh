#!/bin/sh
# Installs the Debian packages that are missing, and nothing when all are there.
# usage: install-deps.sh [--flags FILE] GROUP...     groups: build test lint fuzz browser
# With --flags it also writes the compiler flags of the libraries to FILE for the Makefile.
# CC tells which compiler is used; DEPS=skip only says what is missing.
set -eu

flags=
if [ "${1-}" = --flags ]; then
    flags=$2
    shift 2
fi
cc=${CC:-cc}
missing=

have() { command -v "$1" >/dev/null 2>&1; }
need() { missing="$missing $1"; }

# A library is there when pkg-config knows it; without pkg-config nothing can be known.
need_pkg() { # MODULE PACKAGE
    { have pkg-config && pkg-config --exists "$1"; } || need "$2"
}

# Debian keeps each build of OpenBLAS in a folder of its own, beside alternatives that may point to
# another build. Only the OpenMP one shares its threads with our kernels, so its folder is named.
openblas_dir() {
    for d in /usr/lib/"$(uname -m)"-linux-gnu*/openblas-openmp; do
        [ -e "$d/libopenblas.so" ] && echo "$d" && return
    done
    return 0
}

is_debian() { have apt-get && have dpkg; }

check_build() {
    case ${cc##*/} in
    clang*)
        # clang's own OpenMP is libomp (with libgomp it ignores every pragma). OpenBLAS was built
        # for libgomp, but libomp answers those calls too and is found first, being linked by the
        # program itself: one pool of threads with either compiler.
        have "${cc%% *}" || need clang
        version=${cc##*clang}
        printf '#include <omp.h>\nint main(void) { return omp_get_max_threads() == 0; }\n' |
            ${cc} -x c -fopenmp -o /dev/null - >/dev/null 2>&1 || need "libomp${version%% *}-dev"
        ;;
    *) have "${cc%% *}" || need gcc ;;
    esac
    have ar || need binutils
    [ -e /usr/include/stdio.h ] || need libc6-dev
    have pkg-config || need pkg-config
    need_pkg lua5.4 liblua5.4-dev
    need_pkg jansson libjansson-dev
    need_pkg libutf8proc libutf8proc-dev
    need_pkg fribidi libfribidi-dev
    need_pkg readline libreadline-dev
    need_pkg cairo libcairo2-dev
    need_pkg pangocairo libpango1.0-dev
    need_pkg zlib zlib1g-dev
    if is_debian; then
        [ -n "$(openblas_dir)" ] || need libopenblas-openmp-dev
    else
        need_pkg openblas libopenblas-openmp-dev
    fi
}

check_group() {
    case $1 in
    build) check_build ;;
    test) [ -e /usr/include/cmocka.h ] || need_pkg cmocka libcmocka-dev ;;
    lint) have clang-format || need clang-format ;;
    browser) # for the tests in a real one, which are skipped without
        have python3 || need python3
        have chromium || need chromium
        have chromedriver || need chromium-driver
        ;;
    fuzz)
        have clang || need clang
        # Debian 12 has libFuzzer in libclang-rt-dev, older systems with clang itself.
        [ -n "$(find /usr/lib/llvm*/lib/clang -name 'libclang_rt.fuzzer*' 2>/dev/null)" ] ||
            need libclang-rt-dev
        ;;
    *)
        echo "install-deps: no group '$1'" >&2
        exit 2
        ;;
    esac
}

check_all() {
    missing=
    for g in "$@"; do
        check_group "$g"
    done
}

stop() {
    {
        echo "$1"
        echo "Packages needed (Debian names):$missing"
    } >&2
    exit 1
}

install_missing() {
    [ "${DEPS-}" != skip ] || stop "Packages are missing, and DEPS=skip says to install none."
    is_debian || stop "Packages are missing, and this system has no apt. Install these with its own package manager, then run make again."
    run=
    if [ "$(id -u)" -ne 0 ]; then
        have sudo || stop "Packages are missing, and installing them needs root (sudo is not here either)."
        run=sudo
    fi
    echo "Installing:$missing" >&2
    apt() { $run env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >&2; }
    # Lists may be absent (fresh image) or too old to fetch from: update, install.
    apt update || echo "apt-get update failed; trying with the lists that are there" >&2
    # shellcheck disable=SC2086
    apt install --no-install-recommends $missing || stop "apt-get could not install the packages."
}

check_all "$@"
if [ -n "$missing" ]; then
    install_missing
    check_all "$@"
    [ -z "$missing" ] || stop "Still missing after the installation."
fi

if [ -n "$flags" ]; then
    mods="lua5.4 jansson libutf8proc fribidi readline cairo pangocairo zlib"
    blas=$(openblas_dir)
    if [ -n "$blas" ]; then
        multiarch=$(basename "$(dirname "$blas")")
        bcflags="-I/usr/include/$multiarch/openblas-openmp"
        blibs="-L$blas -Wl,-rpath,$blas -lopenblas"
    else
        bcflags=$(pkg-config --cflags openblas)
        blibs=$(pkg-config --libs openblas)
    fi
    # Feature macros that the modules would set are ours to choose.
    # shellcheck disable=SC2086
    cflags=$(pkg-config --cflags-only-I $mods)
    # shellcheck disable=SC2086
    libs=$(pkg-config --libs $mods)
    {
        echo "# Made by scripts/install-deps.sh; remove to look again."
        echo "PKG_CFLAGS := $cflags $bcflags"
        echo "PKG_LIBS := $libs $blibs"
        echo "MACHINE := $($cc -dumpmachine)"
    } >"$flags"
fi
