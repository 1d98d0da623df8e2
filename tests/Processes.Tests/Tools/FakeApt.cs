using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

/// <summary>An apt with made-up package sources whose downloads all hold the same text, or fail.</summary>
internal sealed class FakeApt
{
    private readonly string _folder;

    /// <param name="folder">Where its programs are put.</param>
    /// <param name="sources">Lines of address, suite and component.</param>
    /// <param name="failing">Mirrors that answer with 404.</param>
    public FakeApt(string folder, string[] sources, string failing = "none")
    {
        _folder = folder;
        var aptGet = Write("apt-get", $"printf '%s\\n' {string.Join(' ', sources.Select(source => $"'{source}'"))}");
        var helper = Write("apt-helper", $"""
            while [ "$1" != download-file ]; do shift; done
            shift
            while [ $# -gt 0 ]; do
                echo "$1" >> "{Asked}"
                case $1 in *{failing}*) echo "E: Failed to fetch $1  404  Not Found" >&2; exit 100 ;; esac
                printf altered > "$2"
                shift 2
            done
            """);
        Client = new AptClient(aptGet, helper);
    }

    public AptClient Client { get; }

    /// <summary>The addresses that were asked for.</summary>
    public string[] Addresses => File.Exists(Asked) ? File.ReadAllLines(Asked) : [];

    private string Asked => Path.Combine(_folder, "asked");

    private string Write(string name, string script)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
