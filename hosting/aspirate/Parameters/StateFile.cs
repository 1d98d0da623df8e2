using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaAspire.Aspirate.Parameters;

/// <summary>
/// The values of parameters from one export to the next, encrypted with AES-256-GCM under a key that PBKDF2 (HMAC-SHA-256, 600,000 rounds, as OWASP
/// recommends) makes of a password. Without the password it reveals only the total length of the values.
/// </summary>
internal static class StateFile
{
    private const int Version = 1, Iterations = 600_000, LeastIterations = 100_000, MostIterations = 10_000_000;
    private const int KeyBytes = 32, SaltBytes = 16;

    /// <summary>The values in the file; none when there is no file.</summary>
    /// <exception cref="AspirateException">The password is not the file's, or the file is damaged.</exception>
    public static SortedDictionary<string, string> Read(string path, string password)
    {
        if (!File.Exists(path))
            return new(StringComparer.OrdinalIgnoreCase);
        try
        {
            var envelope = JsonSerializer.Deserialize(File.ReadAllText(path), StateJson.Default.Envelope)!;
            if (envelope is not { Version: Version, Iterations: >= LeastIterations and <= MostIterations })
                throw new JsonException("its version or its rounds are not supported");
            var plain = new byte[envelope.Data.Length];
            using var aes = Cipher(password, envelope.Salt, envelope.Iterations);
            aes.Decrypt(envelope.Nonce, envelope.Data, envelope.Tag, plain, Header(envelope.Iterations));
            return new(JsonSerializer.Deserialize(plain, StateJson.Default.DictionaryStringString)!, StringComparer.OrdinalIgnoreCase);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new AspirateException(
                $"The state file {path} cannot be decrypted: the password is not the one it was written with, or the file was changed. "
                + "Give the right one with --secret-password or ASPIRATE_SECRET_PASSWORD; or delete the file to generate new secrets, "
                + "which servers that keep their data will not accept.", e);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new AspirateException(
                $"The state file {path} cannot be read: {e.Message.TrimEnd('.')}. Restore it, or delete it to generate new secrets.", e);
        }
    }

    /// <summary>Replaces all values, or none.</summary>
    public static void Write(string path, string password, IReadOnlyDictionary<string, string> values)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(values), StateJson.Default.DictionaryStringString);
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes), nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        byte[] data = new byte[plain.Length], tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var aes = Cipher(password, salt, Iterations);
        aes.Encrypt(nonce, plain, data, tag, Header(Iterations));
        var text = JsonSerializer.Serialize(new Envelope(Version, Iterations, salt, nonce, tag, data), StateJson.Default.Envelope) + "\n";
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new AspirateException($"The state file {path} cannot be written: {e.Message}", e);
        }
    }

    private static AesGcm Cipher(string password, byte[] salt, int iterations) =>
        new(Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, KeyBytes), AesGcm.TagByteSizes.MaxSize);

    /// <summary>Authenticated with the data, so that a weakened derivation is detected.</summary>
    private static byte[] Header(int iterations) => Encoding.ASCII.GetBytes($"aspirate-state/{Version}/PBKDF2-SHA256/{iterations}");
}

internal sealed record Envelope(int Version, int Iterations, byte[] Salt, byte[] Nonce, byte[] Tag, byte[] Data);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Envelope)), JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StateJson : JsonSerializerContext;
