using Deltoid.Bench;

// The baseline of the run: one pass over a typical claim's 1,200 bytes. Ratios to it hold from machine to machine.
var bytes = new byte[1200];
Array.Fill(bytes, (byte)'~');
var sum = 0;
var pass = Measure.Of(() => { foreach (var b in bytes) sum = unchecked(sum + b); }, 100_000); // a checksum is meant to wrap
Measure.Print("baseline: sum of 1,200 bytes", pass, pass.Nanoseconds);
EditBench.Run(pass.Nanoseconds);
GC.KeepAlive(sum);
