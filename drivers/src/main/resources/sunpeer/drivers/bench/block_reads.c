/*
 * Reads blocks of registers with libmodbus and tells how long that took.
 *
 *   block_reads PORT BAUD SILENCE_NS FUNCTION:ADDRESS:COUNT ...
 *
 * For each line on standard input: all blocks once, then the nanoseconds from before the first request until after the last
 * answer on standard output, or what went wrong. Between two requests it waits for SILENCE_NS, awake, counted from the answer.
 * Each register must hold 7 times its address plus 1.
 */
#include <errno.h>
#include <modbus/modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BLOCKS_MAX 16

struct block {
    int function, address, count;
};

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* Text of the first error, or a null pointer. */
static const char *poll_once(modbus_t *bus, const struct block *blocks, int block_count, int64_t silence_ns) {
    uint16_t words[MODBUS_MAX_READ_REGISTERS];
    int64_t not_before = 0;
    for (int b = 0; b < block_count; b++) {
        while (now_ns() < not_before) {
        }
        int got = blocks[b].function == 3
                      ? modbus_read_registers(bus, blocks[b].address, blocks[b].count, words)
                      : modbus_read_input_registers(bus, blocks[b].address, blocks[b].count, words);
        not_before = now_ns() + silence_ns;
        if (got != blocks[b].count) {
            return modbus_strerror(errno);
        }
        for (int i = 0; i < got; i++) {
            if (words[i] != (uint16_t)((blocks[b].address + i) * 7 + 1)) {
                return "a wrong value";
            }
        }
    }
    return NULL;
}

int main(int argc, char **argv) {
    struct block blocks[BLOCKS_MAX];
    int block_count = argc - 4;
    if (block_count < 1 || block_count > BLOCKS_MAX) {
        fprintf(stderr, "usage: block_reads PORT BAUD SILENCE_NS FUNCTION:ADDRESS:COUNT ...\n");
        return 2;
    }
    for (int b = 0; b < block_count; b++) {
        if (sscanf(argv[4 + b], "%d:%d:%d", &blocks[b].function, &blocks[b].address, &blocks[b].count) != 3 ||
            blocks[b].count < 1 || blocks[b].count > MODBUS_MAX_READ_REGISTERS) {
            return 2;
        }
    }
    modbus_t *bus = modbus_new_rtu(argv[1], atoi(argv[2]), 'N', 8, 1);
    if (bus == NULL || modbus_set_slave(bus, 1) != 0 || modbus_set_response_timeout(bus, 1, 0) != 0 ||
        modbus_connect(bus) != 0) {
        printf("%s\n", modbus_strerror(errno));
        return 1;
    }
    int64_t silence_ns = atoll(argv[3]);
    for (int c = getchar(); c != EOF; c = getchar()) {
        if (c != '\n') {
            continue;
        }
        int64_t start = now_ns();
        const char *wrong = poll_once(bus, blocks, block_count, silence_ns);
        int64_t end = now_ns();
        if (wrong == NULL) {
            printf("%lld\n", (long long)(end - start));
        } else {
            printf("%s\n", wrong);
        }
        fflush(stdout);
    }
    modbus_close(bus);
    modbus_free(bus);
    return 0;
}
