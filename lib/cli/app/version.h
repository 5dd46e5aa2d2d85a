#ifndef TR_CLI_VERSION_H
#define TR_CLI_VERSION_H

#define TR_VERSION "0.1.0"

#endif
