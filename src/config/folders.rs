//! The folders for each kind of file.

use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::config::{ConfigError, Environment};

/// The folders for each kind of file, without dwell's own name.
pub(super) struct Folders {
    pub(super) data: PathBuf,
    pub(super) state: PathBuf,
    pub(super) config: PathBuf,
}

impl Folders {
    pub(super) fn find(environment: &Environment) -> Result<Self, ConfigError> {
        // The platform's own folders are asked for only where a variable leaves one open, so that
        // dwell runs without a home where everything is named.
        let named = |name| environment.folder(name);
        let (data, state, config) =
            (named("XDG_DATA_HOME"), named("XDG_STATE_HOME"), named("XDG_CONFIG_HOME"));
        if let (Some(data), Some(state), Some(config)) = (&data, &state, &config) {
            return Ok(Self { data: data.clone(), state: state.clone(), config: config.clone() });
        }
        let own =
            etcetera::base_strategy::choose_native_strategy().map_err(|_| ConfigError::NoHome)?;
        Ok(Self {
            data: data.unwrap_or_else(|| own.data_dir()),
            state: state.unwrap_or_else(|| own.state_dir().unwrap_or_else(|| own.data_dir())),
            config: config.unwrap_or_else(|| own.config_dir()),
        })
    }
}
