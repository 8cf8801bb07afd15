# Sourced by the scripts that start servers: people and keys of a fresh installation, and processes that
# are stopped together. The store is named by HELAN_DATA or HELAN_DATABASE, as for the server itself.

bin=${CARGO_TARGET_DIR:-target}/debug
export HELAN_REGION=${HELAN_REGION_FOLDER:-regions/ningxia}

secret() { head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

# Adds the three people and all vehicles' keys, and writes who they are: furnish FOLDER ADDRESS.
furnish() {
    local folder=$1 address=$2
    local demo_password admin_password fleet_password
    demo_password=$(secret) admin_password=$(secret) fleet_password=$(secret)
    person() { # NAME DISPLAY ROLE PASSWORD
        HELAN_PERSON_PASSWORD=$4 "$bin/dispatch-server" add-person \
            --name "$1" --display-name "$2" --role "$3" --centre ningxia
    }
    person demo 值班调度员 regional_duty_officer "$demo_password"
    person admin 管理员 administrator "$admin_password"
    person simulation 模拟调度 regional_duty_officer "$fleet_password"
    "$bin/dispatch-server" make-vehicle-keys --out "$folder/vehicle-keys.txt"
    (
        umask 077
        cat >"$folder/credentials.txt" <<TXT
address $address
name demo
password $demo_password
admin_name admin
admin_password $admin_password
TXT
        printf '%s' "$fleet_password" >"$folder/fleet-password.txt"
    )
}

# The simulated province against a server, furnished in FOLDER: fleet FOLDER ADDRESS [OPTIONS ...].
fleet() {
    local folder=$1 address=$2
    shift 2
    exec "$bin/simulations" fleet --server "$address" --region "$HELAN_REGION" \
        --keys "$folder/vehicle-keys.txt" --name simulation --password-file "$folder/fleet-password.txt" "$@"
}

# Two vehicles in three with a terminal of another maker, all over the province, in a file as the gateway reads it:
# bind_terminals FOLDER; gives how many there are of both kinds, as `simulations fleet --terminals` reads it.
bind_terminals() {
    local folder=$1 all jt808
    all=$(wc -l <"$folder/vehicle-keys.txt")
    jt808=$((all * 80 / 123))
    awk -v all="$all" -v jt808="$jt808" 'int(NR * jt808 / all) > int((NR - 1) * jt808 / all) {
        printf "[[terminal]]\nnumber = \"139%08d\"\nvehicle = \"%s\"\n\n", NR, $1
    }' "$folder/vehicle-keys.txt" >"$folder/terminals.toml"
    echo "jt808=$jt808,agent=$((all - jt808))"
}

# The gateway for those terminals, in the background, once it takes them: gateway FOLDER LINK PORT [OPTIONS ...]. Its frame
# inspector is at the next port.
gateway() {
    local folder=$1 link=$2 port=$3
    shift 3
    "$bin/terminal-gateway" serve --tcp "127.0.0.1:$port" --inspector "127.0.0.1:$((port + 1))" --server "$link" \
        --terminals "$folder/terminals.toml" --keys "$folder/vehicle-keys.txt" --state "$folder/gateway" "$@" \
        >"$folder/gateway.log" 2>&1 &
    pids+=($!)
    for _ in $(seq 150); do
        grep -q ': ready on ' "$folder/gateway.log" && return
        kill -0 "${pids[-1]}" 2>/dev/null || break
        sleep 0.2
    done
    tail -5 "$folder/gateway.log" >&2
    return 1
}

# A record of past incidents played against a server, furnished in FOLDER: replay FOLDER ADDRESS RECORD [OPTIONS ...].
replay() {
    local folder=$1 address=$2 record=$3
    shift 3
    exec "$bin/simulations" replay --incidents "$record" --server "$address" --region "$HELAN_REGION" \
        --keys "$folder/vehicle-keys.txt" --name simulation --password-file "$folder/fleet-password.txt" \
        --out "$folder/replay-result" "$@"
}

# Waits until an address says that it is ready: await_ready ADDRESS PID LOG.
await_ready() {
    for _ in $(seq 150); do
        curl -sf "$1/readyz" >/dev/null && return
        kill -0 "$2" 2>/dev/null || break
        sleep 0.2
    done
    tail -5 "$3" >&2
    return 1
}

# What was started, in the order of starting; stopped in the opposite one, each awaited.
pids=()
stop_all() {
    local number
    for ((number = ${#pids[@]} - 1; number >= 0; number--)); do
        kill -TERM "${pids[number]}" 2>/dev/null || true
        wait "${pids[number]}" 2>/dev/null || true
    done
    pids=()
}
