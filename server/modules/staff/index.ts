import { addTeamMember, removeTeamMember } from './change-team-members.ts';
import { findMembership, listMemberships, membershipListing, membersOf } from './memberships.ts';
import { countTeams, listTeamRows, teamListing } from './team-listing.ts';

export { changeStaff } from './change-staff.ts';
export { changeTeam, createTeam, deleteTeam } from './change-team.ts';
export type { Staff, Team } from './contract.ts';
export { createStaff } from './create-staff.ts';
export type { Membership } from './memberships.ts';
export { findStaffByEmail, getStaff, isDisabled, listTeams, namesOfStaff } from './queries.ts';
export type { TeamRow, TeamsWanted } from './team-listing.ts';

/** Who is in which team. */
export const memberships = {
  add: addTeamMember,
  remove: removeTeamMember,
  find: findMembership,
  list: listMemberships,
  listing: membershipListing,
  membersOf,
};

export const teamReads = { listing: teamListing, count: countTeams, list: listTeamRows };
