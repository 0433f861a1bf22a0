export { changeStaff } from './change-staff.ts';
export { changeTeam, createTeam, deleteTeam } from './change-team.ts';
export { addTeamMember, removeTeamMember } from './change-team-members.ts';
export type { Staff, Team } from './contract.ts';
export { createStaff } from './create-staff.ts';
export { findStaffByEmail, getStaff, listTeams, namesOfStaff, teamsOf } from './queries.ts';
