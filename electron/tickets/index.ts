export {
  nextTicket,
  type Ticket,
  type TicketGroups,
  ticketGroups,
  ticketOf,
  ticketSchemaSql,
} from './tickets.ts'
