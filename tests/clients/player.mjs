// Plays calls with the unmodified @gradio/client. Plans come in on stdin, one a line; what became of each goes to stdout.
//
// plan:   {url, sessions: {name: its session_hash, or null for a new one}, steps: [step], at_once: whether they overlap}
// step:   {session, api, data (with {blob: text} for a file, and its name if it has one), watch: whether all events are
//         wanted, event_data: what a page tells of its event}
// answer: {results: [{data} | {error, title} | {events}], apis: the first client's view_api()}
//
// A name has one client for an address, however many plans there are.

import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { Client } from "@gradio/client";

const clients = new Map();

async function client_for(url, name, session_hash) {
	const key = `${name} ${url}`;
	if (!clients.has(key)) clients.set(key, await Client.connect(url, { events: ["data", "status", "log"] }));
	const client = clients.get(key);
	client.session_hash = session_hash ?? randomUUID();
	return client;
}

function with_files(value) {
	if (Array.isArray(value)) return value.map(with_files);
	if (value === null || typeof value !== "object") return value;
	if (value.blob === undefined) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, with_files(one)]));
	return value.name === undefined ? new Blob([value.blob]) : new File([value.blob], value.name);
}

async function play(client, { api, data: given, watch, event_data }) {
	const data = with_files(given);
	try {
		if (!watch) return { data: (await client.predict(api, data)).data };
		const events = [];
		for await (const event of client.submit(api, data, event_data, null, true)) {
			events.push(event);
			// without a queue the client's events have no end
			if (event.type === "status" && ["complete", "error"].includes(event.stage)) break;
		}
		return { events };
	} catch (error) {
		return { error: error.message, title: error.title };
	}
}

async function perform({ url, sessions, steps, at_once }) {
	const playing = {};
	for (const [name, session_hash] of Object.entries(sessions)) {
		playing[name] = await client_for(url, name, session_hash);
	}
	const results = [];
	if (at_once) {
		results.push(...(await Promise.all(steps.map((step) => play(playing[step.session], step)))));
	} else {
		for (const step of steps) results.push(await play(playing[step.session], step));
	}
	return { results, apis: await Object.values(playing)[0].view_api() };
}

for await (const line of createInterface({ input: process.stdin })) {
	let answer;
	try {
		answer = await perform(JSON.parse(line));
	} catch (error) {
		answer = { failed: String(error?.stack ?? error) };
	}
	process.stdout.write(JSON.stringify(answer) + "\n");
}
process.exit(0);
