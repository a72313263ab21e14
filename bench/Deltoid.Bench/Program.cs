using Deltoid.Bench;

var opened = System.Diagnostics.Stopwatch.StartNew();
_ = Deltoid.Books.StarterBook.Open();
opened.Stop();

// The baseline of the run: one pass over a typical claim's 1,200 bytes. Ratios to it hold from machine to machine.
var bytes = new byte[1200];
Array.Fill(bytes, (byte)'~');
var sum = 0;
var pass = Measure.Of(() => sum = Sum(bytes), 100_000);
Measure.Print("baseline: sum of 1,200 bytes", pass, pass.Nanoseconds);
EditBench.Run(pass.Nanoseconds);
CodingBench.Run(pass.Nanoseconds, opened.Elapsed);
GC.KeepAlive(sum);

static int Sum(byte[] bytes)
{
    var sum = 0;
    foreach (var b in bytes) sum += b;
    return sum;
}
