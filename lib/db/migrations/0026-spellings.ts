/** Once derived the other spellings of names, which is done after all migrations by now; kept for databases that have run it. */
export async function up(): Promise<void> {}
