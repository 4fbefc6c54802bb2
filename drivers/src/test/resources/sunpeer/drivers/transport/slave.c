/* A Modbus slave by libmodbus: slave rtu TTY | slave tcp PORT. Prints "ready" when it can be asked. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNIT = 1, SIZE = 0x200 };

static void answer(modbus_t *bus, modbus_mapping_t *map) {
    uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
    for (;;) {
        int length = modbus_receive(bus, request);
        if (length > 0) {
            modbus_reply(bus, request, length, map);
        } else if (length < 0 && errno != EMBBADCRC) {
            return;
        }
    }
}

int main(int count, char **argument) {
    if (count != 3) {
        return 2;
    }
    int rtu = strcmp(argument[1], "rtu") == 0;
    modbus_t *bus = rtu ? modbus_new_rtu(argument[2], 115200, 'N', 8, 1)
                        : modbus_new_tcp("127.0.0.1", atoi(argument[2]));
    modbus_mapping_t *map = modbus_mapping_new(SIZE, SIZE, SIZE, SIZE);
    if (bus == NULL || map == NULL) {
        return 1;
    }
    modbus_set_slave(bus, UNIT);
    for (int i = 0; i < SIZE; i++) {
        map->tab_registers[i] = (uint16_t) (i * 97 + 7);
        map->tab_input_registers[i] = (uint16_t) (i * 89 + 1000);
        map->tab_bits[i] = i % 3 == 0;
        map->tab_input_bits[i] = i % 5 == 0;
    }
    int door = rtu ? -1 : modbus_tcp_listen(bus, 4);
    if (rtu ? modbus_connect(bus) != 0 : door < 0) {
        fprintf(stderr, "%s\n", modbus_strerror(errno));
        return 1;
    }
    puts("ready");
    fflush(stdout);
    if (rtu) {
        answer(bus, map);
        return 0;
    }
    while (modbus_tcp_accept(bus, &door) >= 0) {
        answer(bus, map);
        modbus_close(bus);
    }
    return 0;
}
