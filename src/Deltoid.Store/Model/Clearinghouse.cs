namespace Deltoid.Store.Model;

/// <summary>Where the practice's files go, and where answers are fetched: a server with SFTP.</summary>
public sealed class Clearinghouse : Row
{
    public required string Host { get; set; }

    public int Port { get; set; } = 22;

    public required string User { get; set; }

    /// <summary>Sealed (<see cref="FieldKeys"/>); empty where a key signs in.</summary>
    public string Password { get; set; } = "";

    /// <summary>A private key in PEM, sealed; empty where the password signs in.</summary>
    public string PrivateKey { get; set; } = "";

    /// <summary>SHA-256 of the host's key as OpenSSH writes it; another host is not trusted.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>Folders there: for files that leave, and for answers.</summary>
    public required string Outbound { get; set; }

    public required string Inbound { get; set; }

    /// <summary>Files are sent there as soon as they are made.</summary>
    public bool IsOn { get; set; }

    /// <summary>When answers were fetched last, and what came of the last connection; empty when it went well.</summary>
    public DateTime? FetchedAt { get; set; }

    public string Says { get; set; } = "";
}

public enum TransmissionState
{
    Waiting = 1,
    /// <summary>It was begun. A program that dies here leaves it so, and a person decides.</summary>
    Sending = 2,
    Delivered = 3,
    /// <summary>It may be there or not: it is never sent again by itself.</summary>
    Uncertain = 4,
    /// <summary>A person has said that it is not to be sent this way.</summary>
    Left = 5,
}

/// <summary>A file on its way to the clearinghouse; there is one for each file that leaves.</summary>
public sealed class Transmission : Row
{
    public long FileId { get; set; }

    public TransmissionState State { get; set; } = TransmissionState.Waiting;

    public DateTime At { get; set; }

    public int Tries { get; set; }

    public DateTime NextAt { get; set; }

    public DateTime? DoneAt { get; set; }

    public string Says { get; set; } = "";
}
