# Writes one table of an installed R package as CSV: Rscript natural_table.R PACKAGE ITEM PATH (R_LIBS may name a library).
# Row names that somebody gave come first, as a column "rownames"; numbers of rows are left out.
args <- commandArgs(trailingOnly = TRUE)
held <- new.env()
base <- file.path(system.file("data", package = args[1]), "Rdata")
if (file.exists(paste0(base, ".rdb"))) lazyLoad(base, held, function(name) name == args[2]) else suppressWarnings(utils::data(list = args[2], package = args[1], envir = held))
# A table may stand with others in one file.
for (path in list.files(system.file("data", package = args[1]), "[.](rda|RData)$", full.names = TRUE)) if (!exists(args[2], held)) load(path, held)
table <- as.data.frame(get(args[2], held))
if (.row_names_info(table) >= 0) table <- cbind(rownames = rownames(table), table)
write.csv(table, args[3], row.names = FALSE)
