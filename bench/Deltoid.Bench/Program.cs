using Deltoid.Bench;

// "x12 [FILE|- [WORKS [CLI]]]" measures X12, on the usual claims or those of the file, all or the works named
// ("read,ack"), and the command line program as a whole process where it is given; "loop WORK SECONDS" repeats one work
// for a profiler; "profile COUNTS FILE" writes what scripts/profile gives the native compiler; "files FOLDER" writes
// what it is measured on; "write" measures writing claims alone; "book BOOK
// [FILE]" measures a compiled code book; "open" how soon the shipped book answers; "codes [BOOK]" finding codes, in a
// book or over made-up rows in the number of the official ones, a zip being the diagnoses as CMS publishes them;
// "remit" answering remittances with the claims they pay; "notes FOLDER" reading notes in free text; "rules" what
// payer rules of users cost;
// without arguments the edits and the coding are measured.
if (args is ["x12", ..])
{
    var works = args.ElementAtOrDefault(2);
    X12Bench.Run(args.ElementAtOrDefault(1), works == "all" ? null : works, args.ElementAtOrDefault(3));
    return;
}
if (args is ["loop", var work, var seconds])
{
    LoopBench.Run(work, int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
    return;
}
#pragma warning disable IL2026 // no native program of this is made
if (args is ["profile", var counts, var target])
{
    NativeProfile.Write(counts, target);
    return;
}
#pragma warning restore IL2026
if (args is ["write"])
{
    WriteBench.Run();
    return;
}
if (args is ["remit"])
{
    RemitBench.Run();
    return;
}
if (args is ["notes", var notes])
{
    NoteBench.Run(notes);
    return;
}
if (args is ["rules"])
{
    RuleBench.Run();
    return;
}
if (args is ["book", var name, ..])
{
    BookBench.Run(name, args.Length > 2 ? args[2] : null);
    return;
}
if (args is ["open"])
{
    OpenBench.Run();
    return;
}
if (args is ["codes", ..])
{
    FindBench.Run(args.Length > 1 ? args[1] : null);
    return;
}
if (args is ["files", var folder])
{
    ClaimFiles.Write(folder);
    return;
}

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
