export {
  nextTicket,
  type Ticket,
  type TicketGroups,
  ticketGroups,
  ticketSchemaSql,
} from './tickets.ts'
