#!/usr/bin/env bash
# In a list of fixed columns Per-Arne Aasen of Storgata 112B is Per-Arne of Storgata 1 if he stands after the hundredth row, and nobody says so.
#
# Where:   pandas 1.5.3 (read_fwf) and R readr 2.1.4 (read_fwf with fwf_empty), Debian 12, on a register printed in columns of fixed width, as old
#          systems give their lists, with widths that nobody has said.
# Guess:   the widths are found from the whole file, or a row with letters between the columns is told, as a row with too many cells is.
# Seen:    they are found from the first 100 rows (pandas) or some more (readr): whatever is blank in all of these is no column, and
#          what stands there in a later row is thrown away. The long name loses its end, the house number two of its three digits and
#          its letter, so it is another house. No warning, problems() of readr has no row, and in a file of 90 rows both are right. The last
#          column ends at the widest of the first rows, too, in pandas, not in readr.
# For us:  a table that is read has a sign between its cells; who has a list in fixed columns gives the widths by number.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get python3-pandas=1.5.3+dfsg-2 r-base-core=4.2.2.20221110-2 r-cran-readr=2.1.4-1
r_here
register() { # ROWS: as many, and one after them
	for row in $(seq "$1"); do
		case $((row % 3)) in
			0) printf '%-5s%-16s%-15s%s\n' $((1000 + row)) 'Liv Dal' 'Lia 4' '0181 Oslo' ;;
			1) printf '%-5s%-16s%-15s%s\n' $((1000 + row)) 'Kari Lie' 'Storgata 1' '3801 Vik' ;;
			2) printf '%-5s%-16s%-15s%s\n' $((1000 + row)) 'Ali Moe' 'Vikvegen 4' '5003 Moss' ;;
		esac
	done
	printf '%-5s%-16s%-15s%s\n' 1999 'Per-Arne Aasen' 'Storgata 112B' '0301 Drammen'
}
by_pandas() { register "$1" >register.txt; PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages /usr/bin/python3 -c '
import pandas
print("|".join(pandas.read_fwf("register.txt", header=None, dtype=str).iloc[-1].dropna()))'; }
by_readr() { register "$1" >register.txt; "$R_HOME/bin/exec/R" --vanilla --no-echo -e 'suppressMessages(library(readr))
table <- as.data.frame(read_fwf("register.txt", fwf_empty("register.txt"), col_types = cols(.default = "c")))
cat(unlist(table[nrow(table), ]), sep = "|"); cat(" told:", nrow(problems(table)))' 2>&1; }
seen 'pandas: the last of 91' '1999|Per-Arne|Aasen|Storgata|112B|0301|Drammen' "$(by_pandas 90)"
seen 'pandas: the last of 201' '1999|Per-Arne|Storgata|1|0301|Dram' "$(by_pandas 200)"
seen 'readr: the last of 91' '1999|Per-Arne|Aasen|Storgata|112B|0301|Drammen told: 0' "$(by_readr 90)"
seen 'readr: the last of 201' '1999|Per-Arne|Storgata|1|0301|Drammen told: 0' "$(by_readr 200)"
finish
