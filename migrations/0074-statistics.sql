-- No question is planned by what these columns hold, and gathering it was half of what looking at the tables cost.

alter table events alter column data set statistics 0, alter column xid8 set statistics 0;
alter table messages alter column text set statistics 0, alter column html set statistics 0,
  alter column signature set statistics 0, alter column quote_text set statistics 0,
  alter column quote_html set statistics 0, alter column mail set statistics 0;
alter table tickets alter column subject set statistics 0, alter column preview set statistics 0;
alter table search_documents alter column words set statistics 0;
alter table ticket_slas alter column facts set statistics 0, alter column reason set statistics 0;
alter table sla_clocks alter column runs set statistics 0;
alter table jobs alter column payload set statistics 0;
alter table observed_tickets alter column schedules set statistics 0;
alter table outgoing_mails alter column text set statistics 0, alter column html set statistics 0,
  alter column raw set statistics 0, alter column recipients set statistics 0, alter column ccs set statistics 0,
  alter column reference_ids set statistics 0, alter column return_path set statistics 0,
  alter column reply_to set statistics 0;
alter table mails alter column raw set statistics 0;
