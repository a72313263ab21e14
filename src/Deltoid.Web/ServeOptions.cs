using Deltoid.Books;
using Deltoid.Store;

namespace Deltoid.Web;

/// <summary>
/// What the program is started with: <c>--Folder</c>, <c>--Postgres</c>, <c>--Books</c>,
/// <c>--Anchors</c>, <c>--Listen</c>, <c>--PlainHttp</c>, <c>--Sample</c>, <c>--History</c>, <c>--OnDevice</c>, <c>--KeyFile</c>, <c>--Replace</c>,
/// <c>--Rabbit</c>, <c>--ChunksAtOnce</c>, <c>--LogFormat</c>, <c>--Otlp</c> and the limits, or the same names in the
/// environment after <c>DELTOID_</c>, or in a file (<c>--Config</c>). <c>deltoid serve</c> writes them.
/// </summary>
sealed record ServeOptions
{
    public string Folder { get; init; } = "deltoid-data";

    public string? Postgres { get; init; }

    /// <summary>A broker of RabbitMQ that hands out chunks of large files: <c>amqps://user:password@host/</c>. It needs
    /// <see cref="Postgres"/>.</summary>
    public string? Rabbit { get; init; }

    /// <summary>Chunks of large files that this program checks at the same time; 0: it leaves them to others.</summary>
    public int ChunksAtOnce { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The code book: <c>starter</c>, a pack, or a shelf, whose book in use may be another one while this runs.
    /// </summary>
    public string Books { get; init; } = BookName.Starter;

    /// <summary>Where the heads of the audit trail are noted; best on a disk of somebody else.</summary>
    public string? Anchors { get; init; }

    public string AnchorFolder => Anchors ?? Path.Combine(Folder, "anchors");

    /// <summary>A file with the keys that seal fields (<see cref="FieldKeys"/>); null: they are written plain.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>The keys themselves; they belong into the environment, where no list of processes shows them.</summary>
    public string? Key { get; init; }

    /// <exception cref="FieldKeyException">They cannot be read.</exception>
    public FieldKeys Keys()
    {
        try
        {
            return FieldKeys.Read(Key ?? (KeyFile is null ? null : File.ReadAllText(KeyFile)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FieldKeyException("the file of keys cannot be read (--key-file)");
        }
    }

    /// <summary>The identity provider of the clinic (OpenID Connect), by its address; null: none.</summary>
    public string? OidcAuthority { get; init; }

    /// <summary>How this program is called there; its secret belongs into the environment.</summary>
    public string OidcClient { get; init; } = "deltoid";

    public string? OidcSecret { get; init; }

    /// <summary>What people call the account there.</summary>
    public string OidcName { get; init; } = "your clinic account";

    /// <summary>The provider asks everybody for a second factor, also where it does not say so in its answers.
    /// </summary>
    public bool OidcHasSecondFactor { get; init; }

    /// <summary>
    /// A language model of the user's own that proposes what a note says: the address of its OpenAI-compatible service,
    /// such as http://127.0.0.1:11434/v1. Null: no note is sent anywhere.
    /// </summary>
    public string? ModelUrl { get; init; }

    public string ModelName { get; init; } = "";

    /// <summary>What the service asks for; it belongs into the environment.</summary>
    public string? ModelKey { get; init; }

    /// <summary>So long an answer is waited for.</summary>
    public int ModelSeconds { get; init; } = 60;

    /// <summary>What one person, or one place without an account, may ask in a minute.</summary>
    public int RequestsOfPerson { get; init; } = 6_000;

    /// <summary>What all people of a practice may ask in a minute.</summary>
    public int RequestsOfPractice { get; init; } = 60_000;

    /// <summary>What one program may ask in a minute by its token.</summary>
    public int RequestsOfProgram { get; init; } = 120_000;

    /// <summary>Messages about claims may go to machines beside this one, and without TLS.</summary>
    public bool PrivateWebhooks { get; init; }

    /// <summary>Chart systems that open the chart page may be machines beside this one, and this machine without TLS.
    /// </summary>
    public bool PrivateChartSystems { get; init; }

    /// <summary>Serve also where the user of the database goes past its row security: for one practice alone.</summary>
    public bool WithoutRowSecurity { get; init; }

    /// <summary>Of a restore: the store that is there is put aside.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether browsers come by TLS: to this program, or to the proxy before it.</summary>
    public bool IsSecure => PlainHttp || Listen.Split(';', StringSplitOptions.TrimEntries).All(
        static at => at.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    /// <summary>Where to listen. Without TLS only this machine is served.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Serve other machines without TLS: a proxy before this program has it.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>Fill an empty store with a practice to try things on.</summary>
    public bool Sample { get; init; }

    /// <summary>
    /// Keep what is typed on the device, encrypted, until the server has it; without it a page that is closed while the
    /// network is gone loses what was typed since.
    /// </summary>
    public bool OnDevice { get; init; } = true;

    /// <summary>Give the sample three months that lie before today; without it nothing has happened yet.</summary>
    public bool History { get; init; } = true;

    /// <summary>When time begins, for pictures and tests that are the same on each day; null: now.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>The clock of the program.</summary>
    public TimeProvider Time => Clock is { } start ? new ClockFrom(start) : TimeProvider.System;

    /// <summary>A file with these settings; the environment and the command line go before it.</summary>
    public string? Config { get; init; }

    /// <summary>How log lines are written: <c>text</c> or <c>json</c>, one object on a line.</summary>
    public string LogFormat { get; init; } = "text";

    /// <summary>
    /// Where a collector of OpenTelemetry listens (OTLP over HTTP); null: nobody gets anything.
    /// </summary>
    public string? Otlp { get; init; }

    /// <summary>Of a file that is checked by all workers: where the findings go; null: to standard output.</summary>
    public string? Output { get; init; }

    /// <summary>The practice that a command is about; it need not be said where there is one.</summary>
    public long? Practice { get; init; }

    /// <summary>Bytes of a chunk of a large file, about.</summary>
    public int ChunkBytes { get; init; } = Deltoid.Batch.ChunkSource.UsualSize;

    /// <summary>As the command line, the environment and the file of settings say.</summary>
    /// <exception cref="ConfigException">A setting is not known, or cannot be read.</exception>
    public static ServeOptions Of(string[] args) => ConfigFile.Read(args);
}
