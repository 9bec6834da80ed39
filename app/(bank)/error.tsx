"use client";

export { Unexpected as default } from "@/app/_components/unexpected";
