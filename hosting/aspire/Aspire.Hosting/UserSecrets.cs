using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>The secrets file of the AppHost (<c>dotnet user-secrets</c>), shared by all runs of it on this machine.</summary>
internal sealed class UserSecrets(string? id)
{
    private static readonly Lock s_gate = new();
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static UserSecrets Of(Assembly? appHost) => new(appHost?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId);

    /// <summary>
    /// Adds a secret unless it is there. Returns what the file holds afterwards, or null when the AppHost has no user secrets or the file cannot
    /// be written: then a value lives as long as the run. Safe against another AppHost that does the same at the same time.
    /// </summary>
    public string? TryAdd(string key, string value)
    {
        if (id is null)
        {
            return null;
        }

        try
        {
            var path = PathHelper.GetSecretsPathFromSecretsId(id);
            lock (s_gate)
            {
                CreatePrivateDirectory(Path.GetDirectoryName(path)!);
                using var guard = Lock(path + ".lock");
                var secrets = Read(path);
                if (secrets[key] is JsonValue existing)
                {
                    return existing.ToString();
                }

                secrets[key] = value;
                Write(path, secrets);
                return value;
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            Console.Error.WriteLine($"The value of {key} could not be kept in user secrets ({ex.Message}); it holds for this run only.");
            return null;
        }
    }

    private static JsonObject Read(string path) =>
        File.Exists(path) && new FileInfo(path).Length > 0 ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [] : [];

    private static void Write(string path, JsonObject secrets)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var stream = new FileStream(temporary, PrivateFile(FileMode.Create)))
        {
            JsonSerializer.Serialize(stream, secrets, s_indented);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static FileStream Lock(string path)
    {
        for (var deadline = Environment.TickCount64 + 10_000; ;)
        {
            try
            {
                return new FileStream(path, PrivateFile(FileMode.OpenOrCreate));
            }
            catch (IOException) when (Environment.TickCount64 < deadline)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static FileStreamOptions PrivateFile(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static void CreatePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
