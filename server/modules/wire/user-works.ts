import { z } from 'zod';
import { newUserShape, userShape } from './user-body.ts';
import { done, itemId, readItem, type Work } from './work.ts';
import { createOrUpdateUser, createUser, removeUser, updateUser } from './write-user.ts';

const create: Work = async (cx, who, item) =>
  done('create', await createUser(cx, who, readItem(newUserShape, item)));

const createOrUpdate: Work = async (cx, who, item) => {
  const { id, created } = await createOrUpdateUser(cx, who, readItem(newUserShape, item));
  return done(created ? 'create' : 'update', id);
};

const update: Work = async (cx, who, item) => {
  const { id, ...body } = readItem(z.looseObject({ id: z.int().positive() }), item);
  await updateUser(cx, who, id, readItem(userShape, body));
  return done('update', id);
};

const remove: Work = async (cx, who, item) => {
  const { id } = readItem(itemId, item);
  await removeUser(cx, who, id);
  return done('delete', id);
};

export const userWorks: Record<string, Work> = {
  create_user: create,
  create_or_update_user: createOrUpdate,
  update_user: update,
  delete_user: remove,
};
