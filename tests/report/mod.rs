//! Reports: numbers, and every format from reports written by hand.

mod made;
mod number;
mod csv;
mod json;
mod markdown;
mod narrow;
mod simulation;
mod table;
mod text;
mod answers;
mod filled;
mod graphs;
mod plan;
mod plots;
